module example.com/${{ values.name }}-service

go 1.24
