# Rich dependencies, with what makes them hold and with what does not.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: either 1 1 noarch
#>=Prv: either = 1-1
#>=Req: missing | b
#>=Pkg: conditional 1 1 noarch
#>=Prv: conditional = 1-1
#>=Req: c <IF> b
#>=Pkg: b 1 1 noarch
#>=Prv: b = 1-1
#>=Pkg: c 1 1 noarch
#>=Prv: c = 1-1
system x86_64 rpm system
job install name either
job install name conditional
result transaction,problems <inline>
#>install b-1-1.noarch@one
#>install c-1-1.noarch@one
#>install conditional-1-1.noarch@one
#>install either-1-1.noarch@one
nextjob
job install name conditional
result transaction,problems <inline>
#>install conditional-1-1.noarch@one
